import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs'
import { busVariables } from '../lib/open-bus.ts'
import { rootVariables } from '../lib/open.ts'

/** How a deployed stage is found: everything in it is named after the stage, see `infra/stacks/data-stack.ts`. */
export interface DeployedStage {
  readonly stage: string
  /** The table, where it is not the one that the stage was deployed with. */
  readonly tableName: string | undefined
}

/** What a stage's functions find in their environment, the master secret included, with the caller's credentials. */
export async function environmentOfStage({
  stage,
  tableName = `holdfast-${stage}`,
}: DeployedStage): Promise<Record<string, string>> {
  const secrets = new SecretsManagerClient({})
  const { SecretString = '' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: `holdfast-${stage}-master-secret` }),
  )
  const queues = new SQSClient({})
  const urlOf = async (name: string) => {
    const { QueueUrl = '' } = await queues.send(
      new GetQueueUrlCommand({ QueueName: `holdfast-${stage}-${name}` }),
    )
    return QueueUrl
  }
  const deliveries = await urlOf('deliveries')
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl: deliveries, AttributeNames: ['QueueArn'] }),
  )
  return {
    HOLDFAST_TABLE: tableName,
    [rootVariables.keys]: SecretString,
    [busVariables.bus]: `holdfast-${stage}`,
    [busVariables.deliveries]: deliveries,
    [busVariables.deliveriesArn]: Attributes?.QueueArn ?? '',
    [busVariables.timers]: await urlOf('timers'),
    [busVariables.deadLetters]: await urlOf('dead-letters'),
    [busVariables.failures]: await urlOf('failures'),
  }
}
