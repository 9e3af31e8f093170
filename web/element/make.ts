/** Makes elements of one document, without a word of markup: texts are texts, and no attribute is a style. */
export type Make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes?: Readonly<Record<string, string>>,
  children?: readonly (Node | string)[],
) => HTMLElementTagNameMap[Tag]

/** A maker of elements for that document. */
export function maker(document: Document): Make {
  return (tag, attributes = {}, children = []) => {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    element.append(...children)
    return element
  }
}

/** Brings the children of an element in line with a list: what stays keeps its element, and so its focus. */
export function showList<Item>(
  parent: Element,
  items: readonly Item[],
  {
    keyOf,
    make,
    show,
  }: {
    readonly keyOf: (item: Item) => string
    readonly make: (item: Item) => HTMLElement
    readonly show: (element: HTMLElement, item: Item) => void
  },
): void {
  const known = new Map<string, HTMLElement>()
  const shown = new Set<Element>()
  for (const child of parent.children)
    known.set((child as HTMLElement).dataset['key'] ?? '', child as HTMLElement)
  let before: ChildNode | null = parent.firstChild
  for (const item of items) {
    const key = keyOf(item)
    let element = known.get(key)
    known.delete(key)
    if (element === undefined) {
      element = make(item)
      element.dataset['key'] = key
    }
    shown.add(element)
    show(element, item)
    if (element === before) before = element.nextSibling
    else parent.insertBefore(element, before)
  }
  for (const element of [...parent.children]) if (!shown.has(element)) element.remove()
}
