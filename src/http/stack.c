/* stack: see stack.h. */
#include "http/stack.h"

#include "base/log.h"

#include <dlfcn.h>
#include <pthread.h>

typedef int set_stack_size(pthread_attr_t *, size_t);

__attribute__((visibility("default"))) int pthread_attr_setstacksize(pthread_attr_t *attributes, size_t size)
{
    void *symbol = dlsym(RTLD_NEXT, "pthread_attr_setstacksize");
    set_stack_size *original;
    memcpy(&original, &symbol, sizeof original); /* ISO C has no cast from an object's to a function's address */
    return original(attributes, size < STACK_SIZE ? STACK_SIZE : size);
}

void stack_check(void)
{
    pthread_attr_t attributes;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
        pthread_attr_getstacksize(&attributes, &size);
        pthread_attr_destroy(&attributes);
    }
    if (size >= STACK_SIZE)
        return;
    log_event(LOG_ERROR, "event=worker-stack-too-small bytes=%zu needed=%d", size, STACK_SIZE);
    abort();
}
