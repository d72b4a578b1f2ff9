import { type DatabaseTexts, holdsDatabase } from '../naming.ts'

export interface DatabaseLineInputs extends DatabaseTexts {
  /** Empty: this step sets no variable. */
  readonly databaseVariable: string
}

/** What names the database to the container. */
export function databaseLine(inputs: DatabaseLineInputs): string {
  if (inputs.databaseVariable !== '') return `database variable: ${inputs.databaseVariable}`
  return holdsDatabase(inputs) ? 'database: where the inputs have {database}' : 'database: as the definition says'
}
