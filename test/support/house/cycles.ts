import { fileImports, finding } from './source.ts'
import type { Finding, Source } from './source.ts'

/**
 * Finds circles of imports, each told once, at the import that closes it. In `lib` types count as well: of two files that need each
 * other's, neither can be read first. Elsewhere they may be circular, since they are gone at run time.
 */
export function findCycles(sources: readonly Source[]): Finding[] {
  const graph = new Map(sources.map((source) => [source.path, source]))
  const done = new Set<string>()
  const findings: Finding[] = []
  const visit = (source: Source, trail: readonly string[]) => {
    for (const { node, target, typesOnly } of fileImports(source)) {
      if (typesOnly && !source.path.startsWith('lib/')) continue
      const next = graph.get(target)
      const start = trail.indexOf(target)
      if (start !== -1) {
        const circle = [...trail.slice(start), target].join(' → ')
        findings.push(finding(source, node, `closes the circle ${circle}; move what both need.`))
      } else if (next && !done.has(target)) visit(next, [...trail, target])
    }
    done.add(source.path)
  }
  for (const source of sources) if (!done.has(source.path)) visit(source, [source.path])
  return findings
}
