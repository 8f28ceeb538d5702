// What JavaScript adds to pages that work without it. Each island looks for its own markup and leaves the rest alone.
import { copy } from "./copy";
import { enter } from "./enter";
import { focusFirst } from "./focus-first";
import { order } from "./order";
import { popups } from "./popups";
import { reload } from "./reload";
import { select } from "./select";
import { sendOnce } from "./send-once";
import { unfold } from "./unfold";
import { variants } from "./variants";

focusFirst();
copy();
popups();
sendOnce();
select();
enter();
order();
variants();
unfold();
reload();
