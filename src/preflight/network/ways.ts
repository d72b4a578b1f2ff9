import type { RouteTable } from '@aws-sdk/client-ec2'
import { targetOf, type WayOut } from './routes.ts'
import { type Finding, isAws, isEndpoint, labels, type Path, type Site, subject } from './site.ts'
import { listed } from './vpc.ts'

/** What no endpoint answers for needs a way out of the VPC. */
export function judgeWays(site: Site, table: RouteTable, exit: WayOut, all: readonly Path[]): readonly Finding[] {
  const paths = all.filter((path) => !isEndpoint(path))
  if (exit.kind === 'open' || exit.kind === 'unseen' || paths.length === 0) return []
  const { code, because } = exit
  const finding = (proof: boolean, concerned: readonly Path[], rest: string): Finding => ({
    code,
    proof,
    subnet: site.id,
    says: (subnets) => `${subject(subnets, 'uses', 'use')} ${table.RouteTableId}, ${because}${rest}`,
    remedy: remedyFor(site, table, exit.remedy, concerned),
    evidence: [
      `${site.id} uses ${table.RouteTableId}, ${because}${rest}`,
      ...routesShown(table),
      ...reasons(concerned),
    ],
  })
  if (exit.kind === 'doubt') return [finding(false, paths, `; the task needs ${labels(paths)}`)]
  if (site.network.endpoints === undefined) {
    return [finding(false, paths, `, and whether endpoints answer for ${labels(paths)} could not be checked`)]
  }
  const doubtful = paths.filter(isDoubtful)
  const closed = paths.filter((path) => !isDoubtful(path))
  if (closed.length > 0) return [finding(true, closed, lacking(closed, code))]
  return [finding(false, doubtful, `, and ${listed(doubtful.map(doubtAbout))}`)]
}

function isDoubtful({ target, endpoint }: Path): boolean {
  return endpoint.kind === 'doubt' || !isAws(target)
}

function doubtAbout({ target, endpoint }: Path): string {
  if (endpoint.kind === 'doubt') return endpoint.because
  return `whether a way leads to ${target.label} cannot be seen from here`
}

/** @param paths to services of AWS alone */
function lacking(paths: readonly Path[], code: string): string {
  const because = ({ endpoint }: Path) => (endpoint.kind === 'none' ? endpoint.because : undefined)
  const none = paths.filter((path) => because(path) === undefined)
  const link = code === 'no-route' ? ' and' : ', and there is'
  return [
    none.length > 0 ? `${link} no endpoint for ${labels(none)}` : '',
    ...paths.flatMap((path) => because(path) ?? []),
  ].join('; ')
}

function remedyFor({ vpc, placement }: Site, table: RouteTable, first: string, paths: readonly Path[]): string {
  const services = paths.filter(({ target }) => isAws(target))
  if (services.length < paths.length) return `${first}.`
  const byInterface = services.filter(({ target }) => target.service !== 's3')
  const group = listed(placement.securityGroups) || "the task's security group"
  const parts = [
    ...(byInterface.length > 0
      ? [`interface endpoints for ${labels(byInterface)} in ${vpc}, with private DNS on and port 443 open to ${group}`]
      : []),
    ...(services.length > byInterface.length ? [`a gateway endpoint for s3 on ${table.RouteTableId}`] : []),
  ]
  return `${first}. Or, without the internet: ${parts.join(', and ')}.`
}

function routesShown(table: RouteTable): readonly string[] {
  return (table.Routes ?? []).slice(0, 10).map((route) => {
    const to = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId
    return `${table.RouteTableId}: ${to} to ${targetOf(route)}${route.State === 'blackhole' ? ' (blackhole)' : ''}`
  })
}

/** What each name is needed for; names that are needed for the same, as ECR's three, in one line. */
function reasons(paths: readonly Path[]): readonly string[] {
  const byReason = new Map<string, Path[]>()
  for (const path of paths) {
    const { why } = path.target
    const more = why.length > 3 ? `, and ${why.length - 3} more` : ''
    const reason = `${why.slice(0, 3).join(', ')}${more}`
    byReason.set(reason, [...(byReason.get(reason) ?? []), path])
  }
  return [...byReason].map(
    ([reason, same]) => `${labels(same)} ${same.length === 1 ? 'is' : 'are'} needed for ${reason}`,
  )
}
