/** How one IPv4 block lies to another. */
type Relation = 'covers' | 'overlaps' | 'disjoint'

/** Every IPv4 address. */
export const EVERYWHERE = '0.0.0.0/0'

const BLOCK = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/

/** First and last address of a block such as `10.0.0.0/16`; undefined for anything else. */
function range(cidr: string): readonly [first: number, last: number] | undefined {
  const parts = BLOCK.exec(cidr)?.slice(1).map(Number)
  if (parts === undefined) return undefined
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = parts
  const size = 2 ** (32 - prefix)
  const address = ((a * 256 + b) * 256 + c) * 256 + d
  const first = address - (address % size)
  return [first, first + size - 1]
}

/** How `cidr` lies to `other`. What cannot be read is disjoint to everything. */
export function relation(cidr: string, other: string): Relation {
  const [one, two] = [range(cidr), range(other)]
  if (one === undefined || two === undefined || one[1] < two[0] || two[1] < one[0]) return 'disjoint'
  return one[0] <= two[0] && one[1] >= two[1] ? 'covers' : 'overlaps'
}

/** RFC 1918, and RFC 6598 which VPCs use as well: no service of AWS has its public addresses there. */
const PRIVATE_BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']

/** Whether a block lies wholly in address space that is never routed on the internet. */
export function isPrivate(cidr: string): boolean {
  return PRIVATE_BLOCKS.some((each) => relation(each, cidr) === 'covers')
}
