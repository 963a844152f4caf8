/** The class behind `cosmiconfig()`, which its package exports and does not declare. */
declare module 'cosmiconfig/dist/Explorer.js' {
  type Loader = (path: string, content: string) => unknown

  export class Explorer {
    constructor(options: {
      moduleName: string
      loaders: Readonly<Record<string, Loader>>
      searchPlaces: string[]
      searchStrategy: 'none'
      ignoreEmptySearchPlaces: boolean
      mergeImportArrays: boolean
      mergeSearchPlaces: boolean
      metaConfigFilePath: null
      cache: boolean
      transform: <T>(result: T) => T
    })
    load(path: string): Promise<{ config: unknown; filepath: string; isEmpty?: boolean } | null>
  }
}
