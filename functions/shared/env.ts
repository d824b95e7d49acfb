/** Reads a variable that the template sets; a missing one is a fault of the deployment, found at the first call. */
export function env(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
}
