import { lineName, type Lawn } from './reading.ts'

// Judging what the bus was told of areas: each change of a block once in effect, under one id, with as many places as were moved.

type Content = Readonly<Record<string, unknown>>

/** Tells everything that is wrong with it. */
export function judgeLawnNotices({ record, lines, timeline }: Lawn): string[] {
  const due = new Map([...lines.values()].map((line) => [lineName(line), line] as const))
  const late = new Set(
    timeline.places
      .filter(({ place }) => place >= record.recordsTold)
      .map(({ eventId, label, block }) => `${eventId}:${label}/${block ?? ''}`),
  )
  const seen = new Map<string, string>()
  const faults: string[] = []
  for (const { detail } of record.published) {
    const content = JSON.parse(detail) as Content
    if (content['block'] === undefined) continue
    const id = String(content['id'])
    const before = seen.get(id)
    // A chart is called by the name that it has by now.
    const said = JSON.stringify({ ...content, chart: undefined })
    seen.set(id, said)
    if (before !== undefined && before !== said)
      faults.push(`${id} was told as ${before} and as ${said}`)
    const line = due.get(id)
    if (line === undefined) {
      faults.push(`the bus was told ${id}, and it is not so`)
      continue
    }
    const expected: Content = {
      objectLabel: line.label,
      block: line.block,
      version: line.version,
      quantity: line.places,
      status: line.to.replace(/^=/, ''),
      previousStatus: line.from.replace(/^=/, ''),
    }
    for (const [name, value] of Object.entries(expected)) {
      if (content[name] !== value)
        faults.push(`${id}: ${name} should be ${String(value)}: ${detail}`)
    }
  }
  for (const id of due.keys()) {
    if (!seen.has(id) && !late.has(id.slice(0, id.lastIndexOf(':'))))
      faults.push(`nobody was told ${id}`)
  }
  return faults
}
