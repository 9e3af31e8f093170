import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Validations } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag'
import { buildHoldfast, type Build } from '../../../infra/build.ts'
import type { bundleEntries } from '../../../infra/bundle.ts'
import { Holdfast } from '../../../infra/holdfast.ts'
import type { HoldfastProps } from '../../../infra/props.ts'

/** A stage as CloudFormation would get it. */
export interface Synthesised {
  readonly app: App
  readonly holdfast: Holdfast
  readonly data: Template
  readonly root: Template
  readonly api: Template
  readonly workers: Template
  readonly observability: Template
  /** There where it was asked for. */
  readonly web?: Template
}

/** One resource of a template. */
export interface Resource {
  readonly Type: string
  readonly Properties: Record<string, unknown>
  readonly [member: string]: unknown
}

/** Everything about the functions but their code: a folder with a line for each. */
export async function buildWithoutCode(): Promise<Build> {
  return buildHoldfast(await mkdtemp(join(tmpdir(), 'holdfast-synth-')), standIn)
}

const standIn: typeof bundleEntries = (outDir, entries) =>
  Promise.all(
    entries.map(async ({ name }) => {
      const folder = join(outDir, name)
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, 'index.mjs'), `// ${name}\n`)
      return { name, folder, bytes: 0, inputs: [] }
    }),
  )

/** Synthesises one stage, offline; checked by cdk-nag as the product's app is. */
export function synthesise(props: HoldfastProps): Synthesised {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } })
  const holdfast = new Holdfast(app, 'Holdfast', props)
  const [root, api] = holdfast.apis.map(({ stack }) => stack)
  const observability = holdfast.node.findChild('Observability')
  if (root === undefined || api === undefined) throw new Error('There is an API missing')
  const templateOf = (stack: unknown) => Template.fromStack(stack as Holdfast['data']['stack'])
  return {
    app,
    holdfast,
    data: templateOf(holdfast.data.stack),
    root: templateOf(root),
    api: templateOf(api),
    workers: templateOf(holdfast.workers.stack),
    observability: templateOf(observability),
    ...(holdfast.web && { web: templateOf(holdfast.web.stack) }),
  }
}

/** What cdk-nag finds in a stage, in a line each. */
export function nagFindings({ app }: Synthesised): string[] {
  const packs = [new AwsSolutionsChecks(app), new ServerlessChecks(app)]
  Validations.of(app).addPlugins(...packs)
  return packs.flatMap((pack) =>
    pack
      .validateScope(app)
      .violations.map(
        ({ ruleName, violatingResources }) =>
          `${ruleName} ${violatingResources.map((it) => JSON.stringify(it)).join(' ')}`,
      ),
  )
}

/** The resources of one type. */
export function resourcesOf(template: Template, type: string): Record<string, Resource> {
  return template.findResources(type) as Record<string, Resource>
}

/** Every resource of every stack. */
export function allResources({ data, root, api, workers, observability }: Synthesised) {
  return [data, root, api, workers, observability].flatMap((template) =>
    Object.entries((template.toJSON() as { Resources: Record<string, Resource> }).Resources),
  )
}
