// All practice of a lesson is one form, and Enter presses a form's first button. In a line of text it means the button of
// that question.
export function enter(): void {
    document.addEventListener("keydown", (event) => {
        const typed = event.target instanceof HTMLInputElement && event.key === "Enter" && !event.isComposing;
        const button = typed ? (event.target as HTMLInputElement).closest(".practice__item")?.querySelector<HTMLElement>("[data-check]") : null;
        if (!button) return;
        event.preventDefault();
        button.click();
    });
}
