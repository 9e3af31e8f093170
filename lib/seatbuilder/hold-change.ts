import { addSeconds, type Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import type { Change } from '../rules/machine.ts'
import type { ExtraDataText } from '../rules/seat.ts'

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
