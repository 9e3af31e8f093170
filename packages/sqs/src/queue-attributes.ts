import { ApiError } from '@holdfast/embedded/errors'
import { invalidValue } from './errors.ts'

/** What a queue can be set to. */
export interface QueueAttributes {
  readonly delaySeconds: number
  readonly bodyBytesMax: number
  readonly retentionSeconds: number
  readonly waitSeconds: number
  readonly visibilitySeconds: number
  readonly redrive?: RedrivePolicy
}

/** Where messages go that were received too often. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string
  readonly maxReceiveCount: number
}

/** The most bytes of a message, and of all messages of a batch. */
export const MESSAGE_BYTES_MAX = 1_048_576

/** The longest delay. */
export const DELAY_SECONDS_MAX = 900

/** The longest visibility timeout. */
export const VISIBILITY_SECONDS_MAX = 43_200

/** The longest wait for a message. */
export const WAIT_SECONDS_MAX = 20

/** The most receives before a message goes to the dead letters. */
const RECEIVES_MAX = 1_000

type NumberName = Exclude<keyof QueueAttributes, 'redrive'>

/** Each number by its name in the API, with its bounds and what it is unless set. */
const numbers: Record<
  string,
  { readonly key: NumberName; readonly bounds: readonly [number, number]; readonly unset: number }
> = {
  DelaySeconds: { key: 'delaySeconds', bounds: [0, DELAY_SECONDS_MAX], unset: 0 },
  MaximumMessageSize: {
    key: 'bodyBytesMax',
    bounds: [1_024, MESSAGE_BYTES_MAX],
    unset: MESSAGE_BYTES_MAX,
  },
  MessageRetentionPeriod: {
    key: 'retentionSeconds',
    bounds: [60, 14 * 24 * 60 * 60],
    unset: 4 * 24 * 60 * 60,
  },
  ReceiveMessageWaitTimeSeconds: { key: 'waitSeconds', bounds: [0, WAIT_SECONDS_MAX], unset: 0 },
  VisibilityTimeout: { key: 'visibilitySeconds', bounds: [0, VISIBILITY_SECONDS_MAX], unset: 30 },
}

/** What a queue is unless it is told otherwise. */
export const defaultAttributes = Object.fromEntries(
  Object.values(numbers).map(({ key, unset }) => [key, unset]),
) as unknown as QueueAttributes

/** Reads attributes as the API writes them; refuses unknown names and values out of bounds. */
export function readAttributes(given: Readonly<Record<string, string>>): Partial<QueueAttributes> {
  const read: Partial<Record<NumberName, number>> & { redrive?: RedrivePolicy } = {}
  for (const [name, value] of Object.entries(given)) {
    const number = Object.hasOwn(numbers, name) ? numbers[name] : undefined
    if (number !== undefined) read[number.key] = readNumber({ name, value }, number.bounds)
    else if (name === 'RedrivePolicy') read.redrive = readRedrive(value)
    else throw new ApiError('InvalidAttributeName', `Unknown Attribute ${name}.`)
  }
  return read
}

function readNumber(
  { name, value }: { name: string; value: string },
  [min, max]: readonly [number, number],
): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
  if (number >= min && number <= max) return number
  throw new ApiError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`)
}

function readRedrive(value: string): RedrivePolicy {
  const invalid = (reason: string) => invalidValue({ name: 'RedrivePolicy', value }, reason)
  const policy = parseObject(value)
  if (policy === undefined) throw invalid('Redrive policy is not a valid JSON map.')
  const { deadLetterTargetArn, maxReceiveCount } = policy
  if (typeof deadLetterTargetArn !== 'string') {
    throw invalid('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.')
  }
  const count = Number(maxReceiveCount)
  if (!Number.isInteger(count) || count < 1 || count > RECEIVES_MAX) {
    throw invalid(
      `Invalid value for maxReceiveCount: ${String(maxReceiveCount)}, valid values are from 1 to 1000 both inclusive.`,
    )
  }
  return { deadLetterTargetArn, maxReceiveCount: count }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const parsed = JSON.parse(text) as unknown
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    return isObject ? (parsed as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Attributes as the API writes them. */
export function showAttributes(attributes: QueueAttributes): Record<string, string> {
  const shown = Object.entries(numbers).map(([name, { key }]) => [name, String(attributes[key])])
  const { redrive } = attributes
  return {
    ...(Object.fromEntries(shown) as Record<string, string>),
    ...(redrive === undefined ? {} : { RedrivePolicy: JSON.stringify(redrive) }),
  }
}
