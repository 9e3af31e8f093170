import type { LoggedKind, LoggedLine } from '../../records/company-log.ts'
import type { Context } from '../context.ts'
import { newSerial } from '../../store/table/serials.ts'

/** What happened to what, in the caller's workspace unless another one of the same company is named. */
interface Happened {
  readonly key: string
  readonly workspaceKey?: string | undefined
}

/**
 * Lines for the log of the company that owns the caller's workspace, to be written with what they tell; none where no company
 * does, since nobody could read them.
 */
export function logLines(
  { caller, store, now }: Context,
  { key, workspaceKey = caller.workspaceKey ?? '' }: Happened,
  kinds: readonly LoggedKind[],
): LoggedLine[] {
  const { ownerId: companyId } = caller
  if (companyId === undefined) return []
  return kinds.map((kind) => ({
    companyId,
    serial: newSerial(store),
    at: now(),
    kind,
    workspaceKey,
    key,
  }))
}
