import { Tags } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { apiStacks, type DeployedApi } from './stacks/api-stack.ts'
import { dataStack, type Data } from './stacks/data-stack.ts'
import { observabilityStack } from './stacks/observability-stack.ts'
import { checkProps, type HoldfastProps } from './props.ts'
import { webStack, type DeployedWeb } from './stacks/web-stack.ts'
import { workersStack, type DeployedWorkers } from './stacks/workers-stack.ts'

/**
 * One stage of Holdfast: stacks for its data, its two REST APIs, its workers, what watches them, and the seat map. Refuses props that could not
 * be deployed, in a sentence that says what to change.
 */
export class Holdfast extends Construct {
  /** Table, master secret, bus and queues. */
  readonly data: Data
  /** What is at the root of the domain, and what is under `/api`. */
  readonly apis: readonly DeployedApi[]
  readonly workers: DeployedWorkers
  /** The distribution with the seat map; undefined where `web` was left out. */
  readonly web: DeployedWeb | undefined

  constructor(scope: Construct, id: string, props: HoldfastProps) {
    super(scope, id)
    const checked = checkProps(props)
    this.data = dataStack(this, checked)
    this.apis = apiStacks(this, checked, this.data)
    this.workers = workersStack(this, checked, this.data)
    observabilityStack(this, checked, { data: this.data, apis: this.apis, workers: this.workers })
    const { web } = checked
    this.web =
      web && webStack(this, checked, { web, apis: this.apis, originSecret: this.data.originSecret })
    const tags = { ...checked.tags, 'holdfast:stage': checked.stage }
    for (const [name, value] of Object.entries(tags)) Tags.of(this).add(name, value)
  }
}
