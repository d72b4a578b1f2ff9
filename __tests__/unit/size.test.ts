import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { cpuUnits, isFargateSize, mebibytes, memoryFor } from '../../src/fargate-size.ts'
import { Refusal } from '../../src/model.ts'
import { resized, type WantedSize } from '../../src/plan/size.ts'

const clone = (containers: readonly ContainerDefinition[] = [{ name: 'app', cpu: 200, memory: 400 }]) => ({
  family: 'shop',
  cpu: '512',
  memory: '1024',
  containerDefinitions: [...containers],
})

const refusal = (wanted: WantedSize, containers?: readonly ContainerDefinition[]): string => {
  try {
    resized(clone(containers), 'app', wanted)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return `${error.problem.reason} ${error.problem.remedy}`
  }
}

describe('what Fargate offers', () => {
  it.each([
    [256, 2048, true],
    [256, 3072, false],
    [4096, 30720, true],
    [8192, 20480, true],
    [8192, 17408, false],
    [300, 512, false],
  ])('%i CPU units with %i MiB: %s', (cpu, memory, offered) => {
    expect(isFargateSize(cpu, memory)).toBe(offered)
  })

  it('says what goes with a number of CPU units', () => {
    expect(memoryFor(256)).toBe('512, 1024, 2048 MiB')
    expect(memoryFor(16384)).toBe('32768 to 122880 MiB in steps of 8192')
    expect(memoryFor(300)).toContain('256, 512, 1024')
  })

  it('reads the units that task definitions use', () => {
    expect([cpuUnits('.5 vCPU'), cpuUnits('1024'), cpuUnits('a lot')]).toEqual([512, 1024, undefined])
    expect([mebibytes('2 GB'), mebibytes('512'), mebibytes('2 TB')]).toEqual([2048, 512, undefined])
  })
})

describe('the inputs cpu and memory', () => {
  it('change nothing where they are not given', () => {
    const base = clone()
    expect(resized(base, 'app', {})).toBe(base)
  })

  it('combine one of them with the other of the definition', () => {
    expect(resized(clone(), 'app', { memory: 4096 })).toMatchObject({ cpu: '512', memory: '4096' })
    expect(refusal({ memory: 8192 })).toBe(
      "Fargate has no task of the definition's 512 CPU units and 8192 MiB. With cpu 512, memory is 1024 to 4096 MiB in steps of 1024. Set the inputs cpu and memory to a pair that Fargate offers.",
    )
  })

  it.each([
    ['CPU', [{ name: 'proxy', cpu: 600 }], 'reserve 600 CPU units'],
    ['memory', [{ name: 'proxy', memoryReservation: 1024 }], '1024 MiB of it'],
    ['a hard limit', [{ name: 'proxy', memory: 2048, memoryReservation: 100 }], '2048 MiB of it'],
  ])('refuse a size in which other containers leave no room: %s', (_what, others, words) => {
    expect(refusal({ cpu: 512, memory: 1024 }, [{ name: 'app' }, ...others])).toContain(words)
  })
})
