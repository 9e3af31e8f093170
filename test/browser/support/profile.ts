/** One line of what Chromium tells of its work: times in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  /** Of the processor, where it is known: others who want it do not count. */
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/** What Chromium calls the running of script. */
const SCRIPT = new Set([
  'EvaluateScript',
  'EventDispatch',
  'FireAnimationFrame',
  'FunctionCall',
  'RunMicrotasks',
  'TimerFire',
  'v8.callFunction',
])

/** What a trace of a page has to be of. */
export const CATEGORIES = ['devtools.timeline', '__metadata']

/** How the main thread of a page fared while it was traced. */
export interface Profile {
  /** Milliseconds of script in each frame in which there was any. */
  readonly script: readonly number[]
  /** Milliseconds from each frame to the next. */
  readonly intervals: readonly number[]
}

/** Reads a trace of a page. */
export function readProfile(trace: Buffer): Profile {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] }
  const main = busiest(traceEvents)
  // Told once in each frame, after all of its script.
  const frames = main.filter(({ name }) => name === 'PrePaint').map(({ ts }) => ts)
  const spent = new Map<number, number>()
  let coveredUntil = 0
  for (const { name, ph, ts, dur = 0, tdur = dur } of main) {
    if (ph !== 'X' || !SCRIPT.has(name) || ts < coveredUntil) continue
    coveredUntil = ts + dur
    const frame = frames.findLastIndex((painted) => painted <= ts)
    spent.set(frame, (spent.get(frame) ?? 0) + tdur / 1_000)
  }
  const intervals = frames.slice(1).map((ts, at) => (ts - (frames[at] ?? 0)) / 1_000)
  return { script: [...spent.values()], intervals }
}

/** The events of the main thread that did most, by time. */
function busiest(all: readonly TraceEvent[]): TraceEvent[] {
  const names = all.filter(
    ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
  )
  const threads = names.map(({ pid, tid }) => all.filter((it) => it.pid === pid && it.tid === tid))
  const [most = []] = threads.sort((a, b) => b.length - a.length)
  return most.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
}

/** The value that so much of all is not above. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
