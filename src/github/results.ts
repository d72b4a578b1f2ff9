import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setOutput, summary } from '@actions/core'
import type { ResultChannels } from '../report/ports.ts'

/** @param folder where the results file goes; it exists */
export function resultChannels(folder: string): ResultChannels {
  return {
    output: (name, value) => setOutput(name, value),
    resultsFile: (document) => {
      const path = join(folder, 'results.json')
      writeFileSync(path, document, { mode: 0o600 })
      return path
    },
    summary: async (markdown) => {
      // Not set where the action runs outside of a workflow.
      if ((process.env.GITHUB_STEP_SUMMARY ?? '') !== '') await summary.addRaw(markdown).write()
    },
  }
}
