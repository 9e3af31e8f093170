import { SECRET_KEYS_MAX, SLOW_STORE_SECONDS } from '../limits/limits.ts'
import { SAMPLE, type RefusalFactsOf } from './told.ts'

/** What is refused of companies. */
export type CompanyRefusal =
  /** A record that others keep changing: nothing was done, try again. */
  | {
      readonly code: 'record-busy'
      readonly what: 'chart' | 'event' | 'workspace' | 'company' | 'webhook'
      readonly key: string
    }
  /** The store took too long, and nobody else was in the way: nothing was done. */
  | { readonly code: 'store-slow'; readonly retryAfterSeconds: number }
  | { readonly code: 'workspace-not-found'; readonly workspaceId: string }
  /** The default workspace of a company stays active. */
  | { readonly code: 'workspace-is-default'; readonly workspaceKey: string }
  /** Only a workspace that is switched off is deleted. */
  | { readonly code: 'workspace-is-active'; readonly workspaceKey: string }
  /** What is switched off cannot be the default. */
  | { readonly code: 'workspace-is-inactive'; readonly workspaceKey: string }
  /** It has no such secret key; the key is not told again. */
  | { readonly code: 'secret-key-not-found'; readonly workspaceKey: string }
  /** A workspace that nothing opens is of no use. */
  | { readonly code: 'secret-key-is-last'; readonly workspaceKey: string }
  | {
      readonly code: 'secret-keys-too-many'
      readonly workspaceKey: string
      readonly keysMax: number
    }
  | { readonly code: 'key-not-found'; readonly keyId: string }

/** How each is told. */
export const companyRefusals = {
  'record-busy': {
    kind: 'busy',
    says: ({ what, key }) =>
      `The ${what} ${key} is being changed by others: nothing was done, try again`,
    when: 'Others keep changing it: nothing was done, try again.',
    sample: (path) => ({ code: 'record-busy', ...recordOf(path) }),
  },
  'store-slow': {
    kind: 'slow',
    says: ({ retryAfterSeconds }) =>
      `The store is too slow just now: nothing was changed, try again in ${retryAfterSeconds} s`,
    when: 'The store took too long, and nobody else was in the way: nothing was changed.',
    sample: { code: 'store-slow', retryAfterSeconds: SLOW_STORE_SECONDS },
  },
  'workspace-not-found': {
    kind: 'missing',
    says: ({ workspaceId }) => `Workspace not found: ${workspaceId}`,
    when: 'There is no such workspace.',
    sample: { code: 'workspace-not-found', workspaceId: 'demo-test' },
  },
  'workspace-is-default': {
    kind: 'conflict',
    says: ({ workspaceKey }) => `The workspace ${workspaceKey} is the default of its company`,
    when: "It is the company's default workspace.",
    sample: { code: 'workspace-is-default', workspaceKey: SAMPLE.workspaceKey },
  },
  'workspace-is-active': {
    kind: 'conflict',
    says: ({ workspaceKey }) => `The workspace ${workspaceKey} is active: deactivate it first`,
    when: 'It is active.',
    sample: { code: 'workspace-is-active', workspaceKey: SAMPLE.workspaceKey },
  },
  'workspace-is-inactive': {
    kind: 'conflict',
    says: ({ workspaceKey }) => `The workspace ${workspaceKey} is not active: activate it first`,
    when: 'It is not active.',
    sample: { code: 'workspace-is-inactive', workspaceKey: SAMPLE.workspaceKey },
  },
  'secret-key-not-found': {
    kind: 'invalid',
    says: ({ workspaceKey }) =>
      `secretKey: the workspace ${workspaceKey} has no such secret key, or not any more`,
    when: 'It has no such secret key, or not any more.',
    sample: { code: 'secret-key-not-found', workspaceKey: SAMPLE.workspaceKey },
  },
  'secret-key-is-last': {
    kind: 'conflict',
    says: ({ workspaceKey }) =>
      `secretKey: it is the last secret key of the workspace ${workspaceKey}: add another first`,
    when: 'It is the last secret key of the workspace.',
    sample: { code: 'secret-key-is-last', workspaceKey: SAMPLE.workspaceKey },
  },
  'secret-keys-too-many': {
    kind: 'conflict',
    says: ({ workspaceKey, keysMax }) =>
      `The workspace ${workspaceKey} has ${keysMax} secret keys, and may not have more: remove one first`,
    when: 'It has as many secret keys as a workspace may have.',
    sample: {
      code: 'secret-keys-too-many',
      workspaceKey: SAMPLE.workspaceKey,
      keysMax: SECRET_KEYS_MAX,
    },
  },
  'key-not-found': {
    kind: 'missing',
    says: ({ keyId }) => `Key not found: ${keyId}`,
    when: 'There is no such key.',
    sample: { code: 'key-not-found', keyId: 'demo-secret' },
  },
} as const satisfies RefusalFactsOf<CompanyRefusal>

/** What an endpoint of that path changes. */
function recordOf(
  path: string,
): Pick<Extract<CompanyRefusal, { code: 'record-busy' }>, 'what' | 'key'> {
  if (path.includes('{seasonKey}')) return { what: 'event', key: SAMPLE.seasonKey }
  if (path.includes('{eventKey}') || path.includes('/edit-for-sale-config'))
    return { what: 'event', key: SAMPLE.eventKey }
  if (path.includes('/webhooks')) return { what: 'webhook', key: SAMPLE.endpointId }
  if (path.startsWith('/workspaces')) return { what: 'workspace', key: SAMPLE.workspaceKey }
  if (path.startsWith('/accounts')) return { what: 'company', key: 'demo' }
  return { what: 'chart', key: SAMPLE.chartKey }
}
