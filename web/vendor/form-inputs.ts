import type { Config } from './config.ts'

/** Hidden fields beside the map, so that a form around it sends what was selected. */
export interface FormInputs {
  show(values: { readonly labels: readonly string[]; readonly holdToken: string }): void
  remove(): void
}

/** Adds the fields that the page names. */
export function formInputs(container: Element, config: () => Config): FormInputs {
  const inputs = new Map<string, HTMLInputElement>()
  const write = (name: string | undefined, value: string) => {
    if (name === undefined || name === '') return
    const input = inputs.get(name) ?? container.ownerDocument.createElement('input')
    inputs.set(name, input)
    input.type = 'hidden'
    input.name = name
    input.value = value
    if (!input.isConnected) container.append(input)
  }
  return {
    show({ labels, holdToken }) {
      const { selectedObjectsInputName, holdTokenInputName } = config()
      write(selectedObjectsInputName, labels.join(','))
      if (holdToken !== '') write(holdTokenInputName, holdToken)
    },
    remove() {
      for (const input of inputs.values()) input.remove()
      inputs.clear()
    },
  }
}
