import { faultOf, type Admission } from 'holdfast/admission'
import { ADMISSION_MS_COUNTED } from '../../limits/limits.ts'
import { addSeconds } from '../../clock.ts'
import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome, type Refused } from '../../refusals.ts'
import { countNewlyHeld } from '../../rules/hold-entries.ts'
import type { Writes } from '../../rules/rows.ts'
import type { Context } from '../context.ts'

// Holds of an event that demands admission:
//
// 1. What the token says was read when the request came: it was signed by this workspace, or it is none.
// 2. Which events demand one is known with their heads, in each round anew: a demand is noticed at once.
// 3. What comes to be held is counted in the commit that holds it, on the condition that the quota still has room. The count only
//    rises, so a token that is used up stays so, and a repeat that finds its first answer counts nothing.

type Needed = Pick<Context, 'caller' | 'admission' | 'now'>

/** The token that lets a caller hold in events; undefined where none of them demands one of it. Refuses one that does not let it in. */
export function admit(
  { caller, admission, now }: Needed,
  events: readonly Pick<EventHead, 'eventKey' | 'admission'>[],
): Outcome<Admission | undefined> {
  const demanding = events.filter(
    (event) =>
      event.admission === 'everyone' ||
      (event.admission === 'browsers' && caller.kind === 'publishable'),
  )
  for (const { eventKey } of demanding) {
    if (admission === undefined) return refuse({ code: 'admission-required', eventKey })
    if (admission === 'forged') return refuse({ code: 'admission-invalid' })
    const fault = faultOf(admission, { eventKey, now: now() })
    if (fault !== undefined) return refuseFor(fault, eventKey)
  }
  return succeed(demanding.length === 0 || admission === 'forged' ? undefined : admission)
}

function refuseFor(fault: NonNullable<ReturnType<typeof faultOf>>, eventKey: string): Refused {
  switch (fault) {
    case 'other-event':
      return refuse({ code: 'admission-for-other-event', eventKey })
    case 'too-early':
      return refuse({ code: 'admission-too-early' })
    case 'expired':
      return refuse({ code: 'admission-expired' })
    case 'lives-too-long':
      return refuse({ code: 'admission-invalid' })
  }
}

/** Has what comes to be held counted under a token with a quota; refuses more than that allows at all. */
export function withQuota(
  { now }: Pick<Context, 'now'>,
  writes: Writes,
  admission: Admission | undefined,
): Outcome<Writes> {
  if (admission?.quota === undefined) return succeed(writes)
  const objects = countNewlyHeld(writes.rows)
  if (objects === 0) return succeed(writes)
  if (objects > admission.quota) return refuse({ code: 'admission-used-up' })
  const { id, quota: objectsMax } = admission
  const keptUntil = addSeconds(now(), ADMISSION_MS_COUNTED / 1_000)
  return succeed({ ...writes, quota: { id, objects, objectsMax, keptUntil } })
}
