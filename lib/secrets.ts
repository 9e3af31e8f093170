import { createHmac } from 'node:crypto'

/** What a derived secret is for. */
export type SecretPurpose = 'api-key' | 'workspace-key' | 'admin-key' | 'designer-key'

/** Which secret: the same purpose, id and generation always give the same text. */
export interface SecretName {
  readonly purpose: SecretPurpose
  readonly id: string
  /** Raised by a rotation. */
  readonly generation: number
}

/** Bytes of entropy in a derived secret; with a prefix of 8 it stays within 45 characters. */
const SECRET_BYTES = 27

/** Derives a secret of 36 letters, digits, `-` and `_` from the master secret: nothing but the name need be stored. */
export function deriveSecret(master: string, { purpose, id, generation }: SecretName): string {
  return createHmac('sha256', master)
    .update(JSON.stringify([purpose, id, generation]))
    .digest()
    .subarray(0, SECRET_BYTES)
    .toString('base64url')
}
