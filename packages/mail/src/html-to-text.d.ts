/** The package has no types of its own; this is what of it is used. */
declare module 'html-to-text' {
  export type ConvertOptions = {
    readonly wordwrap?: number | false
    readonly limits?: { readonly maxInputLength?: number; readonly maxDepth?: number; readonly maxChildNodes?: number }
    readonly selectors?: readonly {
      readonly selector: string
      readonly format?: string
      readonly options?: Readonly<Record<string, unknown>>
    }[]
  }
  export function convert(html: string, options?: ConvertOptions): string
}
