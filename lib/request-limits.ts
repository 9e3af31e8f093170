import { defined } from './defined.ts'

/** Changes that publishable keys may ask for in a minute; what is undefined has no limit. */
export interface RequestLimits {
  /** With one key from one network address. */
  readonly perAddress?: number
  /** With one key, wherever from. */
  readonly perKey?: number
}

/** What a process knows of counts, by key, address and window; lives in memory only. */
export type RequestCounts = Map<string, KnownCount>

/** How many requests a window had when somebody looked last. */
export interface KnownCount {
  readonly endsAt: number
  requests: number
  seenAt: number
}

/** Variables that set the limits. */
export const limitVariables = {
  perAddress: 'HOLDFAST_REQUESTS_PER_ADDRESS',
  perKey: 'HOLDFAST_REQUESTS_PER_KEY',
} as const satisfies Record<keyof RequestLimits, string>

/** More a minute are 160,000 a second: nobody means that. */
export const REQUESTS_PER_MINUTE_MAX = 9_999_999

/** The limits that an environment sets; throws where one cannot be meant. */
export function requestLimitsFrom(env: NodeJS.ProcessEnv): RequestLimits {
  const read = (variable: string) => {
    const { [variable]: text = '' } = env
    if (text === '') return undefined
    const requests = Number(text)
    if (isRequestLimit(requests)) return requests
    throw new Error(
      `${variable} must be a number from 1 to ${REQUESTS_PER_MINUTE_MAX}, not ${text}`,
    )
  }
  return defined({
    perAddress: read(limitVariables.perAddress),
    perKey: read(limitVariables.perKey),
  })
}

/** Whether so many requests a minute can be a limit. */
export function isRequestLimit(requests: number): boolean {
  return Number.isInteger(requests) && requests >= 1 && requests <= REQUESTS_PER_MINUTE_MAX
}
