import { ADMISSION_HEADER } from '../http/admission.ts'
import type { Credential, Surface } from '../http/surface.ts'
import { answer } from './errors.ts'
import { explain } from './explain.ts'

const WORKSPACE_HEADER = 'X-Workspace-Key'

/** What the API of seats.io does in its own way. */
export const seatsio: Surface = {
  name: 'seatsio',
  credential: (headers) => {
    const key = readBasic(headers['authorization'] ?? '')
    return key === undefined ? undefined : { key, ...workspaceOf(headers) }
  },
  workspaceHeader: WORKSPACE_HEADER,
  reading: 'lenient',
  browsers: {
    opens: () => true,
    methods: 'GET, POST, DELETE, OPTIONS',
    requestHeaders: `Authorization, Content-Type, X-Client-Lib, ${WORKSPACE_HEADER}, Idempotency-Key, If-Match, ${ADMISSION_HEADER}`,
  },
  explain,
  answer,
}

/**
 * The user name of Basic credentials, whatever the password. Clients send it with a colon behind it and without, and wrap
 * the base64 text; undefined when it is something else.
 */
function readBasic(authorization: string): string | undefined {
  const text = authorization.replace(/\s+/g, '')
  if (!/^basic/i.test(text)) return undefined
  const [key = ''] = Buffer.from(text.slice('basic'.length), 'base64').toString('utf8').split(':')
  return key
}

function workspaceOf(headers: Readonly<Record<string, string>>): Pick<Credential, 'workspaceKey'> {
  const workspaceKey = headers[WORKSPACE_HEADER.toLowerCase()]?.trim() ?? ''
  return workspaceKey === '' ? {} : { workspaceKey }
}
