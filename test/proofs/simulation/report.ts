import type { Failure, Totals } from './campaign.ts'
import type { RunOptions, RunRecord } from './run.ts'
import type { CallSeen } from './processes.ts'
import type { AskedStep, Sending } from './requests.ts'
import { START } from './venue.ts'

/** The command that replays a run. */
export function replayCommand({ seed, off = [], clients, rounds }: RunOptions): string {
  const options = [
    `--replay ${seed}`,
    ...(off.length === 0 ? [] : [`--without ${off.join(',')}`]),
    ...(clients === undefined ? [] : [`--clients ${clients.join(',')}`]),
    ...(rounds === undefined ? [] : [`--rounds ${rounds}`]),
  ]
  return `npm run soak -- ${options.join(' ')}`
}

/** One line of what many runs came to. */
export function describeTotals(totals: Totals): string {
  const { seeds, commits, largeCommits, crashes, lapses, expiries, least } = totals
  return (
    `${seeds} seeds, ${commits} commits, ${largeCommits} of them large, ${crashes} crashes, ` +
    `${lapses} lapsed holds, ${expiries} of them ended by timers, ${totals.notices} notices, ` +
    `${totals.deliveries} deliveries; in each seed at least ${least.largeCommits} large, ` +
    `${least.crashes} crashed, ${least.lapses} lapsed`
  )
}

/** What went wrong in a run, and how to see it again. */
export function describeFailure({ options, faults }: Failure): string {
  const shown = faults.slice(0, FAULTS_SHOWN)
  const more = faults.length - shown.length
  return [
    `seed ${options.seed}: ${replayCommand(options)}`,
    ...shown.map((fault) => `  ${fault}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n')
}

const FAULTS_SHOWN = 5

/** Everything that happened in a run, in the order of time: requests, answers, calls. */
export function describeTrace({ sendings, calls, published, receivers }: RunRecord): string {
  const lines: [time: number, text: string][] = []
  for (const sending of sendings) {
    lines.push([sending.startedAt, `> ${sending.life} gets ${describeAsked(sending)}`])
    const { endedAt, answer, life, asked } = sending
    if (endedAt === undefined) continue
    lines.push([endedAt, `< ${life} answers ${asked.id}: ${JSON.stringify(answer)}`])
  }
  // The timer looks again and again, and mostly at nothing.
  const told = calls.filter(
    ({ life, request }) => !(life.startsWith('timer') && request.operation === 'Query'),
  )
  for (const call of told) lines.push(...linesOf(call))
  for (const { at, life, detail } of published)
    lines.push([at, `    the bus has of ${life}: ${detail}`])
  for (const { endpointId, posts } of receivers) {
    for (const { at, life, body } of posts)
      lines.push([at, `  ${life} posts to ${endpointId}: ${body}`])
  }
  lines.sort(([left], [right]) => left - right)
  return lines.map(([time, text]) => `${(time - START).toFixed(0).padStart(8)}  ${text}`).join('\n')
}

function describeAsked({ asked, offset }: Sending): string {
  const { id, verb, parts, holdToken, holdMs, key, isAll, steps = [], minutes, edit } = asked
  const objects = parts.map(({ eventKey, labels }) => `${eventKey}: ${labels.join(' ')}`).join(', ')
  const which = isAll === true ? `${objects} everything` : objects
  const hold = `${holdMs === undefined ? '' : ` for ${holdMs} ms`}${minutes === undefined ? '' : ` for ${minutes} minutes`}`
  const { channelKeys, ignoreChannels } = asked
  const more = JSON.stringify({ edit, channelKeys, ignoreChannels })
  const inSteps = steps.map((step) => `, ${describeStep(step)}`).join('')
  const named = key === undefined ? 'without a key' : `under ${key}`
  return `${id}: ${verb} ${which} by ${holdToken ?? 'nobody'}${hold}${inSteps} ${more} ${named}, clock ${offset} ms off`
}

function describeStep({ events, labels, to, holdToken, ...more }: AskedStep): string {
  const where = events.map(({ eventKey }) => eventKey).join(' and ')
  const by = holdToken === undefined ? '' : ` by ${holdToken}`
  return `${labels.join(' ')} of ${where} to ${to}${by} ${JSON.stringify(more)}`
}

function linesOf({ life, sentAt, request, fate, landed, outcome }: CallSeen): [number, string][] {
  const what = `${request.operation} ${describeInput(request.input)}`
  const sent: [number, string] = [
    sentAt,
    `  ${life} sends ${what}${fate.isLost ? ', and gets no answer' : ''}`,
  ]
  if (fate.dies !== undefined) sent[1] += ', and dies over it'
  if (landed === undefined)
    return outcome === undefined ? [sent] : [[sent[0], `${sent[1]}: ${outcome}`]]
  return [sent, [landed.at, `    lands of ${life}: ${what}: ${outcome ?? ''}`]]
}

/** What is the same in every call, too long to read, or added by parsing. */
const noise = new Set([
  'TableName',
  'ConsistentRead',
  'ReturnValuesOnConditionCheckFailure',
  'KeyConditions',
  'ClientRequestToken',
  'data',
  'a',
])

/** Keys, and what decides: enough to follow, short enough to read. */
function describeInput(input: object): string {
  const text = JSON.stringify(input, (name, value: unknown) => {
    return name.startsWith('_') || noise.has(name) ? undefined : value
  })
  const plain = text.replaceAll(/\{"[SN]":("[^"]*")\}/g, '$1').replaceAll('"', '')
  return plain.length > INPUT_LENGTH_MAX ? `${plain.slice(0, INPUT_LENGTH_MAX)}…` : plain
}

const INPUT_LENGTH_MAX = 420
