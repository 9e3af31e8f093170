import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag'
import { buildHoldfast, buildWebFolder } from './build.ts'
import { Holdfast } from './holdfast.ts'
import { PropsError } from './props.ts'
import { readContext } from './context.ts'

// `npx cdk deploy --all`: one stage, as the context in cdk.json or on the command line (`-c stage=staging`) describes it.

const app = new App()
try {
  const props = readContext((name) => app.node.tryGetContext(name) as unknown)
  const functions = await buildHoldfast()
  const build = props.web ? { ...functions, webFolder: await buildWebFolder() } : functions
  new Holdfast(app, 'Holdfast', { ...props, build })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app))
  app.synth()
} catch (error) {
  if (!(error instanceof PropsError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
