/* Loaded into the server's processes by the tests: breaks writes, flushes and the clock as a file says, for the files
 * of one folder. What is broken stands in the file named by BREAKING, one letter and a number:
 *   F  no room is left (ENOSPC)   R  the disk became read-only (EROFS)   E  flushing fails (EIO)   S n  flushing takes n ms   C n  the clock is n seconds off
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static char said(long *number) {
  const char *name = getenv("BREAKING");
  char text[32] = {0};
  if (!name) return 0;
  int fd = (int)syscall(SYS_openat, AT_FDCWD, name, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  long got = syscall(SYS_read, fd, text, sizeof text - 1);
  syscall(SYS_close, fd);
  if (got <= 0) return 0;
  *number = atol(text + 1);
  return text[0];
}

static int ours(int fd) {
  const char *folder = getenv("MOTCUA_DATA");
  char link[64], path[4096] = {0};
  if (!folder) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  if (readlink(link, path, sizeof path - 1) <= 0) return 0;
  return strncmp(path, folder, strlen(folder)) == 0;
}

static int full(int fd) {
  long number;
  char what = said(&number);
  if ((what == 'F' || what == 'R') && ours(fd)) {
    errno = what == 'F' ? ENOSPC : EROFS;
    return 1;
  }
  return 0;
}

static int flush(int fd, int (*really)(int)) {
  long number;
  char what = said(&number);
  if (what == 'E' && ours(fd)) {
    errno = EIO;
    return -1;
  }
  if (what == 'S' && ours(fd)) {
    struct timespec pause = {number / 1000, (number % 1000) * 1000000};
    nanosleep(&pause, NULL);
  }
  return really(fd);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *from, size_t size) { return full(fd) ? -1 : REAL(write)(fd, from, size); }
ssize_t pwrite(int fd, const void *from, size_t size, off_t at) { return full(fd) ? -1 : REAL(pwrite)(fd, from, size, at); }
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
  return full(fd) ? -1 : REAL(pwrite64)(fd, from, size, at);
}
int ftruncate(int fd, off_t size) { return full(fd) ? -1 : REAL(ftruncate)(fd, size); }
int fsync(int fd) { return flush(fd, REAL(fsync)); }
int fdatasync(int fd) { return flush(fd, REAL(fdatasync)); }

int clock_gettime(clockid_t which, struct timespec *now) {
  long number;
  int done = (int)syscall(SYS_clock_gettime, which, now);
  if (which == CLOCK_REALTIME && said(&number) == 'C') now->tv_sec += number;
  return done;
}
