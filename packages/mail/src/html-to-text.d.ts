/** Types for the part of the package that we use, because the package has no types of its own. */
declare module 'html-to-text' {
  export type HtmlElement = {
    readonly name: string
    attribs: Readonly<Record<string, string>>
    readonly parent: HtmlElement | null
  }
  export type Formatter = (
    element: HtmlElement,
    walk: unknown,
    builder: { readonly options: { readonly formatters: Readonly<Record<string, Formatter>> } },
    options: unknown,
  ) => void
  export type ConvertOptions = {
    readonly wordwrap?: number | false
    readonly limits?: { readonly maxInputLength?: number; readonly maxDepth?: number; readonly maxChildNodes?: number }
    readonly formatters?: Readonly<Record<string, Formatter>>
    readonly selectors?: readonly {
      readonly selector: string
      readonly format?: string
      readonly options?: Readonly<Record<string, unknown>>
    }[]
  }
  export function convert(html: string, options?: ConvertOptions): string
}
