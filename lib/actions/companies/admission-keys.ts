import { addSeconds } from '../../clock.ts'
import { defined } from '../../defined.ts'
import { ADMISSION_KEY_HEX } from '../../limits/limits.ts'
import type { AdmissionKeys } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { replaceAdmissionKeys } from '../../store/companies/admission-keys.ts'
import { getWorkspace } from '../../store/companies/workspaces.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'

type Needed = Pick<Context, 'store' | 'now' | 'ids' | 'backOff' | 'forgetKeys' | 'keyed'>

/** What admission tokens of a workspace are signed with; refuses one that has no such key yet. */
export async function getAdmissionKeys(
  { store }: Pick<Needed, 'store'>,
  workspaceId: string,
): Promise<Outcome<AdmissionKeys>> {
  const workspace = await getWorkspace(store, workspaceId)
  if (workspace === undefined) return refuse({ code: 'workspace-not-found', workspaceId })
  const { admissionKeys } = workspace
  return admissionKeys === undefined
    ? refuse({ code: 'admission-key-not-made' })
    : succeed(admissionKeys)
}

/** Which workspace, and for how long tokens that the key of now signed are taken still: 0 is not at all. */
export interface KeyRotation {
  readonly workspaceId: string
  readonly overlapSeconds: number
}

/** Gives a workspace another admission key, or its first; refuses an unknown workspace. */
export async function rotateAdmissionKey(
  context: Needed,
  { workspaceId, overlapSeconds }: KeyRotation,
): Promise<Outcome<AdmissionKeys>> {
  const { store, keyed } = context
  return inRoundsOn(context, { what: 'workspace', key: workspaceId }, async () => {
    const workspace = await getWorkspace(store, workspaceId)
    if (workspace === undefined) return refuse({ code: 'workspace-not-found', workspaceId })
    const before = workspace.admissionKeys
    const until = addSeconds(context.now(), overlapSeconds)
    const former = before && overlapSeconds > 0 ? { key: before.current, until } : undefined
    const after = {
      current: before?.next ?? newKey(context),
      next: newKey(context),
      ...defined({ former }),
    }
    const receipt = keyed?.receiptFor(after)
    const isReplaced = await replaceAdmissionKeys(store, workspaceId, { before, after, receipt })
    if (!isReplaced) return undefined
    context.forgetKeys?.()
    return succeed(after)
  })
}

/** How one begins, so that whatever looks for secrets in a log or a repository knows it. */
const KEY_PREFIX = 'hfak_'

function newKey({ ids }: Pick<Needed, 'ids'>): string {
  return `${KEY_PREFIX}${ids.hex(ADMISSION_KEY_HEX)}`
}
