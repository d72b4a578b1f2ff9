import type { Story } from '../story.ts'
import { cancel } from './cancel.ts'
import { database, missingImage, shell, sidecar } from './definitions.ts'
import { exits } from './exits.ts'
import { lostAnswer, rerun, together } from './launches.ts'
import { infrequent, longLog } from './logs.ts'
import { wayOut } from './network.ts'
import { quickStart } from './quick-start.ts'
import { deregistered, lag, tokenLife } from './times.ts'

/** The longest ones first: they are played side by side. */
export const stories: readonly Story[] = [
  cancel,
  longLog,
  rerun,
  quickStart,
  exits,
  together,
  lostAnswer,
  wayOut,
  missingImage,
  sidecar,
  shell,
  infrequent,
  deregistered,
  lag,
  tokenLife,
  database,
]
