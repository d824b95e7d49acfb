/**
 * Stands in for the SDK's chain of credential sources in every bundle: Lambda gives credentials by environment, so
 * profiles, single sign-on, web identity and instance metadata (a quarter of the SDK's code) are never asked.
 */
export function defaultProvider() {
  return async () => {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
    if (!accessKeyId || !secretAccessKey) throw new Error('Lambda gave no credentials in the environment');
    const sessionToken = process.env.AWS_SESSION_TOKEN;
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  };
}
