import { openHoldfast, SYSTEM_SECRET, type Holdfast } from './holdfast.ts'
import { seatsioOver, type SeatsioAnswer, type SeatsioApi } from './seatsio.ts'

/** A workspace as it is answered. */
export interface ShownWorkspace {
  readonly id: number
  readonly key: string
  readonly secretKey: string
  readonly secretKeys: readonly string[]
  readonly name: string
  readonly isActive: boolean
  readonly isDefault: boolean
}

/** A Holdfast with a company of its own, which has one workspace and no settings. */
export interface SeatsioCompany extends Holdfast {
  readonly api: SeatsioApi
  readonly adminKey: string
  readonly designerKey: string
  readonly email: string
  /** The workspace that the company began with. */
  readonly workspace: ShownWorkspace
  /** Sends a request with the admin key. */
  readonly admin: (
    request: `${string} /${string}`,
    body?: unknown,
    headers?: readonly string[],
  ) => Promise<SeatsioAnswer>
  readonly createWorkspace: (name: string) => Promise<ShownWorkspace>
}

/** Opens one. */
export async function openSeatsioCompany(): Promise<SeatsioCompany> {
  const holdfast = await openHoldfast()
  const api = seatsioOver(holdfast.runtime)
  const path = 'POST /system/private/create-test-company'
  const { body } = await api(path, undefined, { key: SYSTEM_SECRET })
  const { admin: made, workspace } = body as unknown as Company
  const { secretKey: adminKey, designerKey, email } = made
  const admin: SeatsioCompany['admin'] = (request, sent, headers = []) =>
    api(request, sent, { key: adminKey, headers })
  const createWorkspace = async (name: string) =>
    (await admin('POST /workspaces', { name })).body as unknown as ShownWorkspace
  holdfast.calls.clear()
  return { ...holdfast, api, adminKey, designerKey, email, workspace, admin, createWorkspace }
}

interface Company {
  readonly admin: {
    readonly secretKey: string
    readonly designerKey: string
    readonly email: string
  }
  readonly workspace: ShownWorkspace
}
