import { CONNECTION } from './connection.ts'
import { DATABASE } from './database.ts'
import { IMAGE } from './image.ts'
import type { Signature } from './signature.ts'
import { TOOL_STATE } from './tool-state.ts'

/** Every cause that a log can name. Of two that match equally well, the earlier one counts. */
export const SIGNATURES: readonly Signature[] = [...CONNECTION, ...DATABASE, ...TOOL_STATE, ...IMAGE]
