import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'

/** Milliseconds until a connection must stand, and until an answer must have come: a function has ten seconds to start. */
const CONNECT_MS_MAX = 1_000
const ANSWER_MS_MAX = 2_000

/** Attempts, the first included. */
const ATTEMPTS_MAX = 3

/** The variable that names the secret. */
export const MASTER_SECRET_VARIABLE = 'HOLDFAST_MASTER_SECRET_ARN'

/** Fetches the master secret from Secrets Manager; throws where the environment does not name it, or it is empty. */
export async function fetchMasterSecret(): Promise<string> {
  const arn = process.env[MASTER_SECRET_VARIABLE]
  if (arn === undefined || arn === '') {
    throw new Error(`Missing environment variable ${MASTER_SECRET_VARIABLE}`)
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
  return SecretString
}
