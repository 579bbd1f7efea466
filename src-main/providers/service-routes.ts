// The routes beside the chat formats that a service may have, and the names of models that are asked there.

/** Names of the route table in `src-main/gateway/service-routes`. */
export const serviceRouteNames = [
  'embeddings',
  'rerank',
  'moderations',
  'images',
  'audio',
  'compact',
  'input-tokens',
  'batches',
  'kept-responses',
] as const;
export type ServiceRouteName = (typeof serviceRouteNames)[number];

export interface ServiceRoutes {
  /** Routes whose requests go there as they came, from clients that ask in the vendor's own form. */
  readonly passes: readonly ServiceRouteName[];
  /** Routes that are answered by another call of the service. */
  readonly translates?: readonly ServiceRouteName[];
  /** The place of a route below the base address, from the path that clients ask, such as `/v1/embeddings`. */
  readonly path: (path: string) => string;
  /** Models that no list names: they look like the family, and the service judges. `*` is any run of characters. */
  readonly families?: Readonly<Partial<Record<ServiceRouteName, ModelFamily>>>;
  /** Models that a route translates, where that is not all of them. */
  readonly translatable?: Readonly<Partial<Record<ServiceRouteName, readonly string[]>>>;
}

export interface ModelFamily {
  readonly names: readonly string[];
  readonly except?: readonly string[];
}

/** For base addresses that end with `/v1`. */
export const belowVersion = (path: string): string => path.replace(/^\/v1(?=\/)/, '');

/** What OpenAI's own models are called, by route. `text-embedding-00N` is Google's. */
export const openAiFamilies: NonNullable<ServiceRoutes['families']> = {
  embeddings: { names: ['text-embedding-*'], except: ['text-embedding-00*'] },
  moderations: { names: ['omni-moderation-*', 'text-moderation-*'] },
  images: { names: ['gpt-image-*', 'chatgpt-image-*', 'dall-e-*'] },
  audio: { names: ['whisper-*', 'gpt-4o*-transcribe*', 'tts-*', 'gpt-4o-mini-tts*'] },
};

/** What Google's models of keys can do: `imagen-*` wants another call, which is not made. */
export const googleRoutes: Omit<ServiceRoutes, 'path'> = {
  passes: ['embeddings'],
  translates: ['embeddings', 'images'],
  families: {
    embeddings: { names: ['gemini-embedding-*', 'text-embedding-00*'] },
    images: { names: ['gemini-*-image*'] },
  },
  translatable: { images: ['*-image*'] },
};
