import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { RootSecrets, SecretRoot } from './secrets.ts'

/** Milliseconds until a connection must stand, and until an answer must have come: a function has ten seconds to start. */
const CONNECT_MS_MAX = 1_000
const ANSWER_MS_MAX = 2_000

/** Attempts, the first included. */
const ATTEMPTS_MAX = 3

/** The variables that name the secrets in Secrets Manager, by what is derived from them. */
export const secretVariables = {
  keys: 'HOLDFAST_MASTER_SECRET_ARN',
  webhooks: 'HOLDFAST_SIGNING_SECRET_ARN',
} as const satisfies Record<SecretRoot, string>

/** Fetches one root from Secrets Manager; throws where the environment does not name it, or it is empty. */
export async function fetchSecret(root: SecretRoot): Promise<RootSecrets> {
  const variable = secretVariables[root]
  const arn = process.env[variable]
  if (arn === undefined || arn === '') {
    throw new Error(`Missing environment variable ${variable}`)
  }
  const client = new SecretsManagerClient({
    retryMode: 'standard',
    maxAttempts: ATTEMPTS_MAX,
    requestHandler: {
      connectionTimeout: CONNECT_MS_MAX,
      requestTimeout: ANSWER_MS_MAX,
      throwOnRequestTimeout: true,
    },
  })
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: arn }))
  client.destroy()
  if (SecretString === '') throw new Error(`The secret ${arn} is empty`)
  return { [root]: SecretString }
}
