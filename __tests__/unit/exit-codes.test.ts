import { describe, expect, it } from '@jest/globals'
import { EXIT_CODES, explainExitCode } from '../../src/explain/exit-codes.ts'

describe('exit codes', () => {
  it.each([
    [1, /reported an error/],
    [126, /may not be executed/],
    [127, /not found/],
    [130, /SIGINT/],
    [134, /SIGABRT/],
    [137, /SIGKILL.*out of memory.*stopTimeout/],
    [139, /SIGSEGV/],
    [143, /SIGTERM/],
    [142, /signal 14 \(SIGALRM\)/],
    [148, /signal 20, if/],
    [3, /up to the program/],
    [193, /up to the program/],
    [-1, /up to the program/],
  ])('%i', (code, cause) => {
    const meaning = explainExitCode(code)
    expect(meaning.code).toBe(code)
    expect(meaning.cause).toMatch(cause)
    expect(meaning.remedy).toMatch(/\.$/)
  })

  it('has each code once, and never one for success', () => {
    const codes = EXIT_CODES.map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes).not.toContain(0)
  })
})
