import { MESSAGE_DELAY_SECONDS_MAX } from '../limits/aws-limits.ts'
import { WEBHOOK_PORTS, type AddressPolicy } from './address.ts'

/** What an installation lets webhooks be. */
export interface WebhookPolicy extends AddressPolicy {
  readonly ports: readonly number[]
  /** Webhooks that one workspace may have. */
  readonly perWorkspaceMax: number
  /** Seconds after which what waits looks whether its endpoint is well again. */
  readonly lookSeconds: number
}

/** Few of the 300 rules that a bus takes, for all workspaces together: nobody can take them from the others. */
const PER_WORKSPACE_MAX = 20

/** Each look is a message and two small reads: those that wait for a day look 1,440 times. */
const LOOK_SECONDS = 60

const PORT_MAX = 65_535

/** Variables of the environment that say otherwise; `infra/stacks/functions.ts` sets them. */
export const webhookVariables = {
  perWorkspaceMax: 'HOLDFAST_WEBHOOKS_PER_WORKSPACE',
  ports: 'HOLDFAST_WEBHOOK_PORTS',
  lookSeconds: 'HOLDFAST_WEBHOOK_LOOK_SECONDS',
  loopback: 'HOLDFAST_WEBHOOKS_TO_LOOPBACK',
} as const

/** What the environment says; throws where a variable is no number, by its name. */
export function webhookPolicyFrom(environment: NodeJS.ProcessEnv): WebhookPolicy {
  const { perWorkspaceMax, ports, loopback, lookSeconds } = webhookVariables
  const portsText = environment[ports]
  return {
    allowsLoopback: environment[loopback] === 'allowed',
    ports:
      portsText === undefined
        ? WEBHOOK_PORTS
        : portsText.split(' ').map((text) => numberFrom(ports, text, PORT_MAX)),
    perWorkspaceMax: numberFrom(
      perWorkspaceMax,
      environment[perWorkspaceMax] ?? String(PER_WORKSPACE_MAX),
      Number.MAX_SAFE_INTEGER,
    ),
    lookSeconds: numberFrom(
      lookSeconds,
      environment[lookSeconds] ?? String(LOOK_SECONDS),
      MESSAGE_DELAY_SECONDS_MAX,
    ),
  }
}

function numberFrom(name: string, text: string, max: number): number {
  const value = Number(text)
  if (/^[1-9][0-9]*$/.test(text) && value <= max) return value
  throw new Error(`${name} must be made of whole numbers from 1 to ${max}, not of "${text}"`)
}
