import { assert } from '../../faults.ts'
import { SECRET_KEYS_MAX } from '../../limits/limits.ts'
import type { Workspace } from '../../records/records.ts'
import { refuse, succeed, type Outcome, type Refused } from '../../refusals.ts'
import { replaceSecretKeys } from '../../store/companies/workspaces.ts'
import type { Context } from '../context.ts'
import { changeWorkspace } from './change-workspace.ts'
import { workspaceKeyOf } from './derived-keys.ts'

/** Gives a workspace one more secret key: those that it has stay. Refuses an unknown workspace, and one that has too many. */
export function addSecretKey(context: Context, workspaceKey: string): Promise<Outcome<string>> {
  return makeKey(context, workspaceKey, ({ keyGenerations }) =>
    keyGenerations.length < SECRET_KEYS_MAX
      ? keyGenerations
      : refuse({ code: 'secret-keys-too-many', workspaceKey, keysMax: SECRET_KEYS_MAX }),
  )
}

/** Gives a workspace one secret key in the place of all that it has; refuses an unknown one. */
export function regenerateSecretKey(
  context: Context,
  workspaceKey: string,
): Promise<Outcome<string>> {
  return makeKey(context, workspaceKey, () => [])
}

/** Takes a secret key from a workspace; refuses one that it has not, and its last. */
export function removeSecretKey(
  context: Context,
  { workspaceKey, secretKey }: { workspaceKey: string; secretKey: string },
): Promise<Outcome<undefined>> {
  const { keyed } = context
  const derive = deriveOf(context)
  return changeWorkspace(context, workspaceKey, async (workspace) => {
    const { keyGenerations } = workspace
    const left = keyGenerations.filter(
      (generation) => workspaceKeyOf(derive, workspace, generation).key !== secretKey,
    )
    if (left.length === keyGenerations.length) {
      return refuse({ code: 'secret-key-not-found', workspaceKey })
    }
    if (left.length === 0) return refuse({ code: 'secret-key-is-last', workspaceKey })
    return replaceSecretKeys(context.store, workspace, {
      ...keyChange(context, workspace, left),
      receipt: keyed?.receiptFor(undefined),
    })
  })
}

/** Makes the next secret key of a workspace, beside those that stay of the ones that it has. */
async function makeKey(
  context: Context,
  workspaceKey: string,
  whichStay: (workspace: Workspace) => readonly number[] | Refused,
): Promise<Outcome<string>> {
  const { store, keyed } = context
  const derive = deriveOf(context)
  let key = ''
  const changed = await changeWorkspace(context, workspaceKey, async (workspace) => {
    const staying = whichStay(workspace)
    if ('refusal' in staying) return staying
    const next = workspace.keyGeneration + 1
    key = workspaceKeyOf(derive, workspace, next).key
    return replaceSecretKeys(store, workspace, {
      ...keyChange(context, workspace, [...staying, next]),
      receipt: keyed?.receiptFor(key),
    })
  })
  return changed.ok ? succeed(key) : changed
}

/** What becomes of the keys of a workspace when it is to have those of these generations. */
function keyChange(context: Context, workspace: Workspace, keyGenerations: readonly number[]) {
  const derive = deriveOf(context)
  const before = workspace.keyGenerations
  const keysOf = (generations: readonly number[]) =>
    generations.map((generation) => workspaceKeyOf(derive, workspace, generation))
  return {
    keyGenerations,
    added: keysOf(keyGenerations.filter((generation) => !before.includes(generation))),
    removed: keysOf(before.filter((generation) => !keyGenerations.includes(generation))),
  }
}

function deriveOf({ deriveSecret }: Context) {
  assert(deriveSecret !== undefined, 'this endpoint derives no secrets')
  return deriveSecret
}
