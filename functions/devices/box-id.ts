import * as z from 'zod/mini';

/** The code on the box (`CC-4471`). It is the box's id, its thing name and its MQTT client id: opaque, says nothing of a person. */
export const BoxId = z.string().check(z.regex(/^[A-Z0-9][A-Z0-9-]{2,31}$/));
