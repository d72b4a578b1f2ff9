import { CONNECTION } from './connection.ts'
import { DATABASE } from './database.ts'
import { IMAGE } from './image.ts'
import type { Row, Section, Signature } from './signature.ts'
import { TOOL_STATE } from './tool-state.ts'

/** Every cause that a log can name. Of two that match equally well, the earlier one counts. */
export const SIGNATURES: readonly Signature[] = [
  ...inSection('connection', CONNECTION),
  ...inSection('database', DATABASE),
  ...inSection('tool-state', TOOL_STATE),
  ...inSection('image', IMAGE),
]

function inSection(section: Section, rows: readonly Row[]): readonly Signature[] {
  return rows.map((row) => ({ ...row, section }))
}
