import { addSeconds, type Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import { admissionCodes } from '../refusals/admission.ts'
import type { Change } from '../rules/machine.ts'
import type { ExtraDataText } from '../rules/seat.ts'

/** What every hold may be refused for, named or not. */
export const holdRefusals = [
  'event-not-found',
  ...admissionCodes,
  'channels-not-allowed',
  'too-many-live-holds',
  'hold-life-used-up',
  'extensions-used-up',
  'too-many-objects',
  'hold-token-unknown',
] as const

interface HoldBody {
  readonly holdToken: string
  readonly ttlSeconds: number
  readonly categoryKey?: string | undefined
  readonly extraData?: ExtraDataText | undefined
  readonly channelKeys?: readonly string[] | undefined
  readonly ignoreChannels?: boolean | undefined
}

/** The hold that a request asks for. */
export function toHold(body: HoldBody, now: Instant) {
  const { channelKeys = [] } = body
  return {
    kind: 'hold',
    holdToken: body.holdToken,
    until: addSeconds(now, body.ttlSeconds),
    ...defined({ categoryKey: body.categoryKey, extraData: body.extraData }),
    ...(channelKeys.length === 0 ? {} : { channelKeys }),
    ...(body.ignoreChannels === true ? { ignoreChannels: true } : {}),
  } as const satisfies Change
}
