// After a form was sent, reading goes on where the answer stands: at the error summary or the verdict.
export function focusFirst(): void {
    if (location.hash !== "") return;
    document.querySelector<HTMLElement>("[data-focus]")?.focus();
}
