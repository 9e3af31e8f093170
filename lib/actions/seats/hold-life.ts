import type { Instant } from '../../clock.ts'
import { MINUTE_MS } from '../../limits/durations.ts'
import { HOLD_MS_MAX } from '../../limits/limits.ts'
import { refuse, succeed, type Outcome, type Refusal, type Refused } from '../../refusals.ts'
import type { HoldLife, HoldTokenRow } from '../../rules/rows.ts'
import { findHoldLife } from '../../store/seats/hold-life.ts'
import { refuseIfRecorded } from '../../store/table/receipts.ts'
import type { Context } from '../context.ts'

// A workspace can cap how long a token holds anything, from its first hold on, and how often that is prolonged:
//
// 1. Each hold entry says since when its token holds, and how often that was prolonged. Who holds or extends reads the entries that are alive, and
//    says so in those that follow.
// 2. A deadline is cut to what is left. Nothing left, or no extension left: refused.
// 3. Where no cap is set, nothing is read and nothing is written. Requests of one moment may count one extension for two.

/** What a workspace caps of a token's holds; undefined where it caps nothing. */
export interface Capped extends HoldLife {
  readonly until: Instant
  /** When the last of the holds ends as it is; now where there is none. */
  readonly formerUntil: Instant
}

/** Whether a workspace caps the life of holds in any way. */
export function hasLifeCaps({ caller: { settings } }: Pick<Context, 'caller'>): boolean {
  return settings.holdMinutesMax !== undefined || settings.extensionsMax !== undefined
}

/** How long a token may hold something in a workspace, from when it began. */
export function lifeMsMax({ caller: { settings } }: Pick<Context, 'caller'>): number {
  const { holdMinutesMax } = settings
  return holdMinutesMax === undefined
    ? HOLD_MS_MAX
    : Math.min(HOLD_MS_MAX, holdMinutesMax * MINUTE_MS)
}

/** A deadline that is asked for; the row is that of a token that was issued here. */
interface Wanted {
  readonly holdToken: string
  readonly until: Instant
  readonly row?: HoldTokenRow
}

/**
 * The deadline that a hold may have of what was asked for, and what its entries are to tell; undefined where nothing is capped.
 * Refuses a token whose time is used up.
 */
export async function capHold(
  context: Context,
  wanted: Wanted,
): Promise<Outcome<Capped | undefined>> {
  const capped = await cut(context, wanted)
  const { holdMinutesMax = 0 } = context.caller.settings
  if (capped === undefined || capped.until > context.now()) return succeed(capped)
  return no(context, { code: 'hold-life-used-up', holdMinutesMax })
}

/** The same for one more extension: refuses one that could not make anything last longer, and one too many. What is to end sooner is none. */
export async function capExtension(
  context: Context,
  wanted: Wanted,
): Promise<Outcome<Capped | undefined>> {
  const capped = await cut(context, wanted)
  if (capped === undefined) return succeed(capped)
  if (wanted.until <= capped.formerUntil) return succeed({ ...capped, until: wanted.until })
  const { extensionsMax, holdMinutesMax = 0 } = context.caller.settings
  if (capped.until <= capped.formerUntil) {
    return no(context, { code: 'hold-life-used-up', holdMinutesMax })
  }
  if (extensionsMax !== undefined && capped.extensions >= extensionsMax) {
    return no(context, { code: 'extensions-used-up', extensionsMax })
  }
  return succeed({ ...capped, extensions: capped.extensions + 1 })
}

async function cut(
  context: Context,
  { holdToken, until, row }: Wanted,
): Promise<Capped | undefined> {
  if (!hasLifeCaps(context)) return undefined
  const { store, caller } = context
  const { workspaceId, settings } = caller
  const now = context.now()
  const found = await findHoldLife(store, { workspaceId, holdToken, now })
  const { extensions, until: formerUntil } = found ?? { extensions: 0, until: now }
  const since = row?.createdAt ?? found?.since ?? now
  const end = settings.holdMinutesMax === undefined ? until : since + lifeMsMax(context)
  return { since, extensions, until: Math.min(until, end) as Instant, formerUntil }
}

/** What was done under the key of a request is told again, whatever is left now. */
async function no({ store, keyed }: Context, refusal: Refusal): Promise<Refused> {
  if (keyed !== undefined) await refuseIfRecorded(store, keyed)
  return refuse(refusal)
}

/** What entries are to tell after a hold: to hold the same again for longer is an extension too. Refuses one too many. */
export function lifeAfter(
  { caller }: Pick<Context, 'caller'>,
  life: HoldLife | undefined,
  isAgain: boolean,
): Outcome<HoldLife | undefined> {
  if (life === undefined || !isAgain) return succeed(life)
  const { extensionsMax } = caller.settings
  if (extensionsMax !== undefined && life.extensions >= extensionsMax) {
    return refuse({ code: 'extensions-used-up', extensionsMax })
  }
  return succeed({ ...life, extensions: life.extensions + 1 })
}
