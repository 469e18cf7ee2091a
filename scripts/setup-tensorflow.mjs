// Installs the native backend `tensorflow` for the clone and for every other FIP Lab of this user, and does nothing where
// it is there. Options go on to `fip backend install`: --cuda, --from npm|wheel|auto. `--remove` undoes it.
import './lib/check-node.mjs';
import { setUpBackend } from './lib/setup-backend.mjs';
import { main } from './lib/run.mjs';

await main(() => setUpBackend('tensorflow', process.argv.slice(2)));
