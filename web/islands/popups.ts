// Menus made of <details>: one open at a time, closed by Escape and by a click elsewhere.
const OPEN = "details.pop[open]";

function closeAll(except: Element | null): void {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>(OPEN)) if (menu !== except) menu.open = false;
}

export function popups(): void {
    document.addEventListener("click", (event) => {
        closeAll(event.target instanceof Element ? event.target.closest("details.pop") : null);
    });
    document.addEventListener("keydown", (event) => {
        const open = event.key === "Escape" ? document.querySelector<HTMLDetailsElement>(OPEN) : null;
        if (!open) return;
        open.open = false;
        open.querySelector("summary")?.focus();
    });
}
