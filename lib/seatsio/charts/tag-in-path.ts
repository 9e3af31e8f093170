/** The tag at the end of a path in which a `+` stands for a space, as one client sends it. */
export function tagInPath(rawPath: string): string {
  const segment = rawPath.split('/').findLast((part) => part !== '') ?? ''
  return decodeURIComponent(segment.replaceAll('+', ' '))
}
