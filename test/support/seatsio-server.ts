import { onTestFinished } from 'vitest'
import { Region, SeatsioClient } from 'seatsio'
import { readCatalog } from '../../lib/http/catalog.ts'
import { startHttpServer } from '../../local/http/http-server.ts'
import { routesOver } from '../../local/http/routes.ts'
import { openHoldfast, SYSTEM_SECRET, type Holdfast } from './holdfast.ts'
import { basic } from './seatsio.ts'

/** A local server that published clients are pointed at, with a company of its own. */
export interface SeatsioServer extends Holdfast {
  readonly url: string
  readonly adminKey: string
  readonly workspace: { readonly key: string; readonly secretKey: string; readonly id: number }
  /** The published client, with the workspace's secret key. */
  readonly client: SeatsioClient
  /** The published client with any key, and the workspace that is meant. */
  readonly clientWith: (key: string, workspaceKey?: string) => SeatsioClient
  /** Imports a drawing under a key. */
  readonly importChart: (chartKey: string, drawing: object) => Promise<void>
}

const catalog = await readCatalog()

/** Starts one; it ends with the test. */
export async function startSeatsio(): Promise<SeatsioServer> {
  const holdfast = await openHoldfast()
  const { runtime, clock } = holdfast
  const server = await startHttpServer({ routes: routesOver(runtime, catalog), clock })
  onTestFinished(() => server.close())
  const { url } = server
  const post = async (path: string, key: string, body?: string) => {
    const headers = { Authorization: basic(key) }
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers,
      ...(body === undefined ? {} : { body }),
    })
    return { status: answer.status, text: await answer.text() }
  }
  const made = await post('/system/private/create-test-company', SYSTEM_SECRET)
  const { admin, workspace } = JSON.parse(made.text) as Company
  const clientWith = (key: string, workspaceKey?: string) =>
    new SeatsioClient(new Region(url), key, workspaceKey)
  return {
    ...holdfast,
    url,
    adminKey: admin.secretKey,
    workspace,
    client: clientWith(workspace.secretKey),
    clientWith,
    importChart: async (chartKey, drawing) => {
      const path = `/system/public/charts/${chartKey}`
      const { status, text } = await post(path, workspace.secretKey, JSON.stringify(drawing))
      if (status !== 201) throw new Error(`The import answered ${status}: ${text}`)
    },
  }
}

interface Company {
  readonly admin: { readonly secretKey: string }
  readonly workspace: SeatsioServer['workspace']
}
