import type { Story } from '../story.ts'
import { cancel } from './cancel.ts'
import { exits } from './exits.ts'
import { wayOut } from './network.ts'
import { quickStart } from './quick-start.ts'

export const stories: readonly Story[] = [quickStart, exits, cancel, wayOut]
