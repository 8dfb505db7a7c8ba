// botframework-connector's own check of callers, as it is, over the tokens that the test made.
// given: { metadata, appId, appPassword, cases: [{ name, authorization, activity }] }
import { createRequire } from 'node:module';
import { given, ok, run } from './verdicts.mjs';

const { ChannelValidation, JwtTokenValidation, SimpleCredentialProvider } = createRequire(import.meta.url)('botframework-connector');

run(async () => {
  ChannelValidation.OpenIdMetadataEndpoint = given.metadata;
  // It writes its reasons, and the key, to the console.
  console.error = () => undefined;
  const credentials = new SimpleCredentialProvider(given.appId, given.appPassword);
  for (const { name, authorization, activity } of given.cases) {
    let verdict;
    try {
      const identity = await JwtTokenValidation.authenticateRequest(activity, authorization ?? '', credentials, '');
      verdict = identity.isAuthenticated ? 'good' : 'bad';
    } catch {
      verdict = 'bad';
    }
    ok(`${name}: ${verdict}`);
  }
});
