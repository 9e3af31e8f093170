import { createHmac } from 'node:crypto'

/** What a derived secret is for. */
export type SecretPurpose = 'api-key' | 'workspace-key' | 'admin-key' | 'designer-key' | 'webhook'

/** Which secret: the same purpose, id and generation always give the same text. */
export interface SecretName {
  readonly purpose: SecretPurpose
  readonly id: string
  /** Raised by a rotation. */
  readonly generation: number
}

/** What others are derived from: each its own, so that whoever signs what webhooks get can make no key. */
export type SecretRoot = 'keys' | 'webhooks'

/** The roots that a process has; an empty one is none. */
export type RootSecrets = Readonly<Partial<Record<SecretRoot, string>>>

/** From which root a secret is derived, by what it is for. */
const roots = {
  'api-key': 'keys',
  'workspace-key': 'keys',
  'admin-key': 'keys',
  'designer-key': 'keys',
  webhook: 'webhooks',
} as const satisfies Record<SecretPurpose, SecretRoot>

/** From which root a secret is derived. */
export function rootOf({ purpose }: Pick<SecretName, 'purpose'>): SecretRoot {
  return roots[purpose]
}

/** Bytes of entropy in a derived secret; with a prefix of 8 it stays within 45 characters. */
const SECRET_BYTES = 27

/** Bytes of entropy in the secret of a webhook endpoint. */
const WEBHOOK_SECRET_BYTES = 16

/** How a secret is written, by what it is for. */
const formats = {
  'api-key': letters,
  'workspace-key': letters,
  'admin-key': letters,
  'designer-key': letters,
  // Some receivers take it as it is, others as base64: 32 hexadecimal characters are both.
  webhook: (digest) => digest.subarray(0, WEBHOOK_SECRET_BYTES).toString('hex'),
} satisfies Record<SecretPurpose, (digest: Buffer) => string>

/**
 * Derives a secret from its root: nothing but the name need be stored. It has 36 letters, digits, `-` and `_`; for a
 * webhook endpoint 32 hexadecimal characters.
 */
export function deriveSecret(root: string, { purpose, id, generation }: SecretName): string {
  const digest = createHmac('sha256', root)
    .update(JSON.stringify([purpose, id, generation]))
    .digest()
  return formats[purpose](digest)
}

function letters(digest: Buffer): string {
  return digest.subarray(0, SECRET_BYTES).toString('base64url')
}
