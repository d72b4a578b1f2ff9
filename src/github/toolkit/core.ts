export { debug, error, getState, saveState, setOutput, summary } from '@actions/core'
