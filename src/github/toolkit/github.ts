export { context } from '@actions/github'
