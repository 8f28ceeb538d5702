// Questions of order: rows move in place, by their buttons or dragged by a grip that only this island adds. The form sends its
// hidden inputs in the order of the page, so moving a row is all there is to do.
//
// A place («jetzt 2 von 4») belongs to where a row stands, not to the row: its words are kept and handed out again.

function mountOrder(list: HTMLElement): void {
    const places = rowsOf(list).map((row) => row.querySelector("[data-order-place]")?.textContent ?? "");
    list.addEventListener("click", (event) => {
        const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button[name=move]") : null;
        const row = button?.closest("li");
        if (!button || !row) return;
        event.preventDefault();
        if (step(row, button.matches("[data-order-up]"))) settle(list, places, row);
    });
    for (const row of rowsOf(list)) row.prepend(gripOf(list, places, row));
}

const rowsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>(":scope > li")];

// The neighbour moves around the row: an element that is taken out of the page loses its focus.
function step(row: Element, up: boolean): boolean {
    const neighbour = up ? row.previousElementSibling : row.nextElementSibling;
    if (up && neighbour) row.after(neighbour);
    else if (neighbour) row.before(neighbour);
    return neighbour !== null;
}

function settle(list: HTMLElement, places: string[], moved: HTMLElement): void {
    const rows = rowsOf(list);
    rows.forEach((row, i) => {
        for (const place of row.querySelectorAll("[data-order-place]")) place.textContent = places[i] ?? "";
        disable(row.querySelector("[data-order-up]"), i === 0);
        disable(row.querySelector("[data-order-down]"), i === rows.length - 1);
    });
    const said = list.parentElement?.querySelector("[data-order-said]");
    const words = moved.querySelector("[data-order-words]")?.textContent ?? "";
    if (said) said.textContent = `${words}: ${places[rows.indexOf(moved)]}`;
    moved.querySelector("input")?.dispatchEvent(new Event("input", { bubbles: true }));
}

function disable(button: Element | null, isAtEnd: boolean): void {
    if (isAtEnd) button?.setAttribute("aria-disabled", "true");
    else button?.removeAttribute("aria-disabled");
}

// ---- dragging ----

function gripOf(list: HTMLElement, places: string[], row: HTMLElement): HTMLElement {
    const grip = document.createElement("span");
    grip.className = "order__grip";
    grip.setAttribute("aria-hidden", "true");
    let start = 0;
    grip.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        start = rowsOf(list).indexOf(row);
        grip.setPointerCapture(event.pointerId);
        row.classList.add("is-held");
    });
    grip.addEventListener("pointermove", (event) => {
        if (row.classList.contains("is-held")) follow(row, event.clientY);
    });
    grip.addEventListener("lostpointercapture", () => {
        row.classList.remove("is-held");
        if (rowsOf(list).indexOf(row) !== start) settle(list, places, row);
    });
    return grip;
}

// Past the middle of a neighbour, the row changes places with it.
function follow(row: HTMLElement, y: number): void {
    const above = row.previousElementSibling?.getBoundingClientRect(), below = row.nextElementSibling?.getBoundingClientRect();
    if (above && y < above.top + above.height / 2) step(row, true);
    else if (below && y > below.top + below.height / 2) step(row, false);
}

export function order(): void {
    for (const list of document.querySelectorAll<HTMLElement>("[data-order]")) mountOrder(list);
}
